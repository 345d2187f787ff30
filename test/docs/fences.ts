import { readFileSync } from 'node:fs'

export const README = readFileSync('README.md', 'utf8')

/** A TypeScript block of the README, and the text that follows it up to the next one. */
export interface Fence {
  readonly code: string
  readonly after: string
}

export const fences: readonly Fence[] = README.split(/^```ts\n/m)
  .slice(1)
  .map((part) => {
    const [code = '', ...after] = part.split(/^```$/m)
    return { code, after: after.join('```') }
  })

/** A block as a module: it gives its app to the test instead of taking a port of its own. */
export function moduleOf(code: string): string {
  const listening = code
    .replace(/^app\.listen\(.*\)\n/m, '')
    .replace("// Express 4\nimport express from 'express'", "import express from 'express4'")
  return /^const app = /m.test(code) ? `${listening}\nexport { app }\n` : `${listening}\nexport {}\n`
}
