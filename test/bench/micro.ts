// `npm run bench:micro`
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { pinned, SERVER_CORE } from './cores.ts'
import { buildParts } from './server.ts'

const { values } = parseArgs({ options: { node: { type: 'string', default: process.execPath } } })

await buildParts()
const script = fileURLToPath(new URL('micro.js', import.meta.url))
const { status } = spawnSync(...pinned(SERVER_CORE, values.node, ['--expose-gc', script]), {
  stdio: 'inherit',
  env: { ...process.env, NODE_ENV: 'production' },
})
process.exitCode = status ?? 1
