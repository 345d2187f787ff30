// Before every test file of the contract: it runs on the frameworks that have an install of their own.
import { readUniformly } from '../../support/as-read.ts'
import { express5, runOn } from '../../support/frameworks.ts'
import { fastifyFrameworks } from './fastify.ts'
import { honoFrameworks } from './hono.ts'
import { nestFrameworks } from './nest.ts'
import { webFramework } from './web.ts'

// The first is what the others are compared with.
runOn([express5, ...fastifyFrameworks, ...honoFrameworks, ...nestFrameworks, webFramework], ['zh-TW'])
readUniformly()
