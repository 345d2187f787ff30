import { readdirSync, readFileSync } from 'node:fs'

/** README or a page of the guide: what a user reads. */
export interface Page {
  /** Where it lies, from the root. */
  readonly file: string
  readonly text: string
  readonly fences: readonly Fence[]
}

/** A TypeScript block of a page. */
export interface Fence {
  readonly code: string
  /** What follows it on the page, up to the next one. */
  readonly after: string
}

export const GUIDE = 'examples/guide'

function readPage(file: string): Page {
  const text = readFileSync(file, 'utf8')
  return { file, text, fences: fencesOf(text) }
}

function fencesOf(text: string): readonly Fence[] {
  return text
    .split(/^```ts\n/m)
    .slice(1)
    .map((part) => {
      const [code = '', ...after] = part.split(/^```$/m)
      return { code, after: after.join('```') }
    })
}

export const pages: readonly Page[] = [
  'README.md',
  ...readdirSync(GUIDE)
    .filter((file) => file.endsWith('.md'))
    .map((file) => `${GUIDE}/${file}`),
].map(readPage)

/** The page of the guide that is called so. */
export function pageOf(name: string): Page {
  const page = pages.find(({ file }) => file === `${GUIDE}/${name}.md`)
  if (page === undefined) throw new Error(`The guide has no page ${name}.md.`)
  return page
}

export const fences: readonly Fence[] = pages.flatMap((page) => page.fences)

/** A block as a module: it gives its app to the test instead of taking a port of its own. */
export function moduleOf(code: string): string {
  const listening = code
    .replace(/^app\.listen\(.*\)\n/m, '')
    .replace("// Express 4\nimport express from 'express'", "import express from 'express4'")
  return /^const app = /m.test(code) ? `${listening}\nexport { app }\n` : `${listening}\nexport {}\n`
}
