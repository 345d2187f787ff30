import { withoutControls } from '../findings/plain.ts'

/** Where a command prints. */
export interface Terminal {
  readonly out: (text: string) => void
  readonly err: (text: string) => void
  /** Writes over the last line of stderr that this wrote. Nothing where stderr is no terminal. */
  readonly showProgress: (text: string) => void
  readonly clearProgress: () => void
  /** Whether stdout is a terminal that wants colors. */
  readonly colors: boolean
  readonly env: Readonly<Record<string, string | undefined>>
}

/** The terminal of this process. https://no-color.org, https://force-color.org */
export function processTerminal(): Terminal {
  const { stdout, stderr, env } = process
  let isShown = false
  const clear = (): void => {
    if (isShown) stderr.write('\r\u001B[K')
    isShown = false
  }
  return {
    out: (text) => stdout.write(text),
    err(text) {
      clear()
      stderr.write(withoutControls(text))
    },
    showProgress(text) {
      if (!stderr.isTTY) return
      clear()
      stderr.write(text.slice(0, (stderr.columns || 80) - 1))
      isShown = true
    },
    clearProgress: clear,
    colors:
      (env['FORCE_COLOR'] ?? '') !== ''
        ? env['FORCE_COLOR'] !== '0'
        : stdout.isTTY && (env['NO_COLOR'] ?? '') === '',
    env,
  }
}
