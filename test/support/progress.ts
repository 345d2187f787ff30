import { clearLine, cursorTo } from 'node:readline'
import { SingleBar } from 'cli-progress'

export interface Progress {
  readonly update: (done: number) => void
  /** Leaves the line to what is printed next. */
  readonly clear: () => void
  readonly stop: () => void
}

/** How far a long script is, for whoever waits at a terminal: nothing where stderr is read by a program. */
export function showProgress(total: number, of: string): Progress {
  if (!process.stderr.isTTY) return { update() {}, clear() {}, stop() {} }
  const bar = new SingleBar({
    format: `{bar} {value} of {total} ${of}, {eta_formatted} left`,
    stream: process.stderr,
    clearOnComplete: true,
    // It would listen to the process.
    gracefulExit: false,
  })
  bar.start(total, 0)
  return {
    update: (done) => bar.update(done),
    clear() {
      clearLine(process.stderr, 0)
      cursorTo(process.stderr, 0)
    },
    stop: () => bar.stop(),
  }
}
