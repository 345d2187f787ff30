import { anError, type LookAlikes } from './look-alike.ts'

export const limiters: LookAlikes = {
  'rate-limiter-flexible': {
    'a job with its time': { msBeforeNext: 1000, id: 7 },
    'an Error with its time and points as texts': anError({
      msBeforeNext: '1000',
      remainingPoints: '0',
      consumedPoints: '1',
    }),
    'its members without the points that were taken': {
      msBeforeNext: 1000,
      remainingPoints: 0,
      isFirstInDuration: false,
    },
  },
}
