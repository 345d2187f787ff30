import { createServer } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import fetch from './app.mjs'

const listener = getRequestListener(fetch)
const server = createServer((incoming, outgoing) => void listener(incoming, outgoing))
server.listen(0, '127.0.0.1', () => console.log(`{"port":${server.address().port}}`))
