// Koa's face.
export { errorHandler } from './error-handler.ts'
export type { KoaContext } from './context.ts'
export { rateLimit, type RateLimit } from './rate-limit.ts'
export type { LimiterHandle } from '../../rate-limit/handle.ts'
export { requestId, requestIdOf } from './request-id.ts'
export type { HandlerOptions } from '../../handler/options.ts'
export type { RequestIdOptions } from '../node/request-id.ts'
