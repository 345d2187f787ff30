import client = require('bizerror/client')

export const api = client.createClient({ baseUrl: '/api' })
export const answer: Promise<Response> = api.fetch('/orders')
export const code = (error: unknown): number | string | undefined => (api.is(error) ? error.code : undefined)
