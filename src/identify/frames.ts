import { read } from '../guard/read.ts'

// Enough for the first frames of any stack.
const MAX_FRAMES_LENGTH = 4096

/** `lib/index.js:7:12)`, `node:events:524:28)` */
const POSITION = /:\d+:\d+\)?$/

/**
 * Returns the frame in which an error was made, as V8 writes it: the first with a position, which what is built in
 * (`at JSON.parse (<anonymous>)`) has not.
 * Undefined where it cannot be told: no frames are kept (`Error.stackTraceLimit`), or another engine writes them.
 *
 * A message is anybody's text, and can hold lines that look like frames: only what follows it counts.
 */
export function topFrame(error: object): string | undefined {
  return framesOf(error).find((line) => POSITION.test(line))
}

/** Returns the first frames of a stack, those of what was called last first. */
export function framesOf(error: object): readonly string[] {
  const stack = read(error, 'stack')
  const message = read(error, 'message')
  if (typeof stack !== 'string' || typeof message !== 'string') return []
  const header = stack.indexOf(`${message}\n    at `)
  if (header === -1) return []
  const first = header + message.length + 1
  return stack.slice(first, first + MAX_FRAMES_LENGTH).split('\n')
}

/** Returns the package below node_modules that a frame is in: `busboy`, `@koa/router`. A bundle has none. */
export function packageOf(frame: string | undefined): string | undefined {
  // With pnpm, a package is below a second node_modules.
  return frame
    ?.replaceAll('\\', '/')
    .split('/node_modules/')
    .slice(1)
    .at(-1)
    ?.match(/^(?:@[^/]+\/)?[^/]+(?=\/)/)?.[0]
}
