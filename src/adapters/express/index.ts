// Express's face.
export { asyncHandler } from './async-handler.ts'
export { errorHandler } from './error-handler.ts'
export { notFound } from './not-found.ts'
export { requestId } from './request-id.ts'
export { requestIdOf } from '../node/request-id.ts'
export type { HandlerOptions } from '../../handler/options.ts'
export type { RequestIdOptions } from '../node/request-id.ts'
