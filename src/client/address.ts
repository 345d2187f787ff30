/** Puts a base before an address that is not whole. So no path leads to another host, whatever it is made of. */
export function addressOf(
  input: string | URL | Request,
  base: string | URL | undefined,
): string | URL | Request {
  if (base === undefined || typeof input !== 'string' || /^[a-z][a-z\d+.-]*:\/\//i.test(input)) return input
  // Browsers take `//` and `/\` for the start of a host, and leave out tabs and line ends.
  return String(base).replace(/\/$/, '') + input.replace(/^(?!\?)[/\\\s]*/, '/')
}
