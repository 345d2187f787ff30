/** The parts of a host that are looked for. Node.js, Deno and Bun have them; a browser has none, a Worker may have. */
interface Host {
  readonly process?: { readonly getBuiltinModule?: (name: string) => unknown }
}

/**
 * Returns a module that Node.js has built in, where the host has it, too. It is asked for at run time and not imported,
 * so that what needs it can be bundled for other hosts.
 */
export function builtin(name: `node:${string}`): unknown {
  return (globalThis as Host).process?.getBuiltinModule?.(name)
}
