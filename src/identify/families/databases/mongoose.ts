import type { DatabaseRule } from './codes.ts'
import { isOfMongoose } from '../validators/mongoose.ts'

const from = 'mongoose'
const property = 'name'

/**
 * https://mongoosejs.com/docs/api/error.html. What a developer got wrong (OverwriteModelError, MissingSchemaError,
 * DivergentArrayError, StrictPopulateError) is a fault of ours.
 */
export const mongoose: readonly DatabaseRule[] = [
  { from, property, values: ['DocumentNotFoundError'], matches: isOfMongoose, condition: 'not-found' },
  {
    // Somebody else saved the document, or one document is saved twice at once.
    from,
    property,
    values: ['VersionError', 'ParallelSaveError', 'ParallelValidateError', 'MongooseBulkSaveIncompleteError'],
    matches: isOfMongoose,
    condition: 'write-conflict',
  },
  {
    from,
    property,
    values: ['MongooseServerSelectionError'],
    matches: isOfMongoose,
    condition: 'unavailable',
  },
]
