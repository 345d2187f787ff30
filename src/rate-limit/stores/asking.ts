import { createDeadline } from './deadline.ts'

/** So many questions may be without an answer at once. Waiting for more would fill the memory. */
const MAX_UNANSWERED = 10_000

/** Asks a server that may hang. */
export interface Asking {
  /**
   * Puts a question. Its answer has to come in time.
   *
   * @throws Error - when too many questions are without an answer: it is not put then
   */
  readonly ask: <T>(question: () => Promise<T>) => Promise<T>
  /** Fails all that wait. */
  readonly close: () => void
}

/** @param milliseconds - the longest wait for an answer */
export function createAsking(milliseconds: number): Asking {
  const deadline = createDeadline(milliseconds)
  let unanswered = 0

  async function put<T>(question: () => Promise<T>): Promise<T> {
    unanswered++
    try {
      return await question()
    } finally {
      unanswered--
    }
  }

  return {
    ask(question) {
      if (unanswered >= MAX_UNANSWERED) throw new Error(`${unanswered} questions are without an answer`)
      return deadline.within(put(question))
    },
    close: deadline.close,
  }
}
