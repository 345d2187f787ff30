import { aws } from './services/aws.ts'
import { firebase } from './services/firebase.ts'
import { grpc } from './services/grpc.ts'
import { minio } from './services/minio.ts'
import { sendgrid } from './services/sendgrid.ts'
import { stripe } from './services/stripe.ts'
import type { Family } from '../library-rule.ts'

/**
 * Services that were asked by a library of their own, in its own words. What they refused to us is not what we refuse
 * to our client, but where a table says so.
 */
export const services: Family = {
  name: 'Services',
  rules: [...aws, ...firebase, ...grpc, ...minio, ...sendgrid, ...stripe],
}
