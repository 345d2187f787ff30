// Express's face.
export { asyncHandler } from './async-handler.ts'
export { errorHandler } from './error-handler.ts'
export { notFound } from './not-found.ts'
export { requestId } from './request-id.ts'
export { requestIdOf } from '../node/request-id.ts'
