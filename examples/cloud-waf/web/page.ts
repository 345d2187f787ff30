// The page's files: bundled at start, served under a policy that lets nothing else in.
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { Router } from 'express'

const FOLDER = new URL('./browser/', import.meta.url)

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ')

/** Serves the page at `/`, and what it loads beside it. */
export async function createPage(): Promise<Router> {
  const [html, style, icon, script] = await Promise.all([
    readFile(new URL('index.html', FOLDER)),
    readFile(new URL('style.css', FOLDER)),
    readFile(new URL('icon.svg', FOLDER)),
    bundle(),
  ])
  const page = Router()
  const serve = (path: string, type: string, content: Uint8Array): void => {
    page.get(path, (_req, res) => {
      res.set({
        'Content-Security-Policy': POLICY,
        'X-Content-Type-Options': 'nosniff',
        'Referrer-Policy': 'no-referrer',
        'Cache-Control': 'no-cache',
      })
      res.type(type).send(Buffer.from(content))
    })
  }
  serve('/', 'html', html)
  serve('/page.css', 'css', style)
  serve('/page.js', 'js', script)
  serve('/icon.svg', 'svg', icon)
  return page
}

async function bundle(): Promise<Uint8Array> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('main.ts', FOLDER))],
    bundle: true,
    write: false,
    minify: true,
    format: 'esm',
    target: 'es2022',
  })
  return outputFiles[0]!.contents
}
