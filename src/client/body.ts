/** No error is longer, in bytes. */
export const MAX_LENGTH = 262_144

/**
 * Returns the text of a body: hardly more of it than an error has, and what has come by the time that an error has.
 */
export async function bodyText(response: Response): Promise<string> {
  // React Native and node-fetch have no such stream.
  const reader = response.body?.getReader?.()
  if (!reader) return response.text()
  // What is cancelled is at its end.
  const stop = (): void => void reader.cancel().catch(() => {})
  // No error takes longer to arrive.
  const timer = setTimeout(stop, 10_000)
  const decoder = new TextDecoder()
  let text = ''
  try {
    for (;;) {
      // oxlint-disable-next-line no-await-in-loop -- they come one after the other
      const { value } = await reader.read()
      if (!value || text.length > MAX_LENGTH) return text
      text += decoder.decode(value, { stream: true })
    }
  } finally {
    clearTimeout(timer)
    stop()
  }
}
