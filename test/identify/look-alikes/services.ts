import { anError, secret, type LookAlikes } from './look-alike.ts'

export const services: LookAlikes = {
  '@grpc/grpc-js': {
    "the app's own Error with a code and details": anError({ code: 5, details: secret }),
    'one that has metadata as well': anError({ code: 14, details: secret, metadata: { orderId: 7 } }),
    'an order with all three': { code: 8, details: secret, metadata: new Map([['getMap', secret]]) },
    'a code as a text': anError({ code: '14', details: secret, metadata: { getMap: () => ({}) } }),
    'the code of a success': anError({ code: 0, details: secret, metadata: { getMap: () => ({}) } }),
    'a code that no status has': anError({ code: 17, details: secret, metadata: { getMap: () => ({}) } }),
    'details by field': anError({ code: 3, details: [{ secret }], metadata: { getMap: () => ({}) } }),
  },
}
