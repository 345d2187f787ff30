import { createServer } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import fetch from './app.mjs'

const server = createServer(getRequestListener(fetch))
server.listen(0, '127.0.0.1', () => console.log(`{"port":${server.address().port}}`))
