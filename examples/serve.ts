// `npm run example gateway -- --framework fastify` serves one of the examples on a free port of this machine.
import type { AddressInfo } from 'node:net'
import { parseArgs } from 'node:util'
import { listen, SYSTEMS, type Framework } from './listen.ts'

const { values, positionals } = readArgs()
const [system = ''] = positionals

// Without `--`, npm takes the option for one of its own, and hands on its value alone.
const { npm_config_framework: ofNpm = 'true' } = process.env
const wanted = values.framework ?? positionals[1] ?? (ofNpm === 'true' ? undefined : ofNpm)

const frameworks = SYSTEMS.get(system)
const framework = frameworks?.find((name) => name === (wanted ?? frameworks[0]))

if (frameworks === undefined) {
  refuse(`There is no example ${JSON.stringify(system)}.`, [...SYSTEMS.keys()])
} else if (framework === undefined) {
  refuse(`The example ${system} is not written for ${JSON.stringify(wanted)}.`, frameworks)
} else {
  await start(system, framework)
}

function readArgs() {
  try {
    return parseArgs({ options: { framework: { type: 'string' } }, allowPositionals: true })
  } catch (error) {
    console.error((error as Error).message)
    return process.exit(1)
  }
}

async function start(name: string, on: Framework): Promise<void> {
  const { port } = (await listen(name, on)).address() as AddressInfo
  const address = `http://127.0.0.1:${port}`
  console.log(`${name} on ${on} is up: ${address}, its errors: ${address}/errors/`)
}

function refuse(what: string, known: readonly string[]): void {
  console.error(`${what} Name one of: ${known.join(', ')}.`)
  process.exitCode = 1
}
