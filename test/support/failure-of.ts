/** Returns what an action throws, or what its promise rejects with. */
export async function failureOf(action: () => unknown): Promise<unknown> {
  try {
    await action()
  } catch (error) {
    return error
  }
  throw new Error('It did not fail')
}
