// `npm run build`: makes dist, which is what is published.
import { rmSync } from 'node:fs'
import { buildForBrowsers } from './browser.ts'
import { buildCode } from './code.ts'
import { ROOT } from './entries.ts'
import { buildTypes } from './types.ts'

const DIST = `${ROOT}dist`

rmSync(DIST, { recursive: true, force: true })
await Promise.all([buildCode(DIST), buildForBrowsers(DIST), buildTypes(DIST)])
