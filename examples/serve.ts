// `npm run example cdn` serves one of the examples on a free port of this machine.
import type { AddressInfo } from 'node:net'
import { createApp as createCdn } from './cdn/app.ts'
import { createApp as createCloudWaf } from './cloud-waf/app.ts'
import { createApp as createGateway } from './gateway/app.ts'
import { createApp as createSecrets } from './secrets/app.ts'

const examples = {
  'cloud-waf': createCloudWaf,
  cdn: createCdn,
  gateway: createGateway,
  secrets: createSecrets,
}

const name = process.argv[2] ?? ''
if (Object.hasOwn(examples, name)) {
  const server = examples[name as keyof typeof examples]().listen(0, '127.0.0.1', () => {
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    console.log(`${name} is up on ${address}, its errors on ${address}/errors/`)
  })
} else {
  console.error(
    `There is no example ${JSON.stringify(name)}. Name one of: ${Object.keys(examples).join(', ')}.`,
  )
  process.exitCode = 1
}
