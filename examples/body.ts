/** What a client sent as JSON, member by member: none of anything but an object. */
export function bodyOf(sent: unknown): Readonly<Record<string, unknown>> {
  return typeof sent === 'object' && sent !== null ? { ...sent } : {}
}
