import type * as NodeHttp from 'node:http'
import { builtin } from '../../guard/host.ts'

// An `import` of node:http reads all that it exports, and so loads a WebSocket client since Node 22: as long as Express.
// Hosts without it have no response of Node either.
export const { STATUS_CODES, ServerResponse: NodeResponse } = (builtin('node:http') ?? {}) as typeof NodeHttp
