import { reader } from './reader.ts'

/** Counts whole seconds down and tells each, until none is left or the signal aborts. */
export function countDown(seconds: number, tell: (left: number) => void, signal: AbortSignal): void {
  const end = performance.now() + seconds * 1000
  const tick = (): void => {
    if (signal.aborted) return
    const left = end - performance.now()
    tell(Math.max(0, Math.ceil(left / 1000)))
    if (left > 0) setTimeout(tick, left % 1000 || 1000)
  }
  tick()
}

/** `in 12 seconds`, in the reader's language. */
export function inSeconds(seconds: number): string {
  return new Intl.RelativeTimeFormat(reader.locale).format(seconds, 'second')
}
