import { withChosenStatus } from './chosen-status.ts'
import type { ConditionRule, Family } from '../library-rule.ts'
import { ajv } from './validators/ajv.ts'
import { arktype } from './validators/arktype.ts'
import { celebrate } from './validators/celebrate.ts'
import { classValidator } from './validators/class-validator.ts'
import { heldRule } from './validators/error-lists.ts'
import { effect } from './validators/effect.ts'
import { expressJoiResponse, expressJoiValidation } from './validators/express-joi-validation.ts'
import { expressJsonValidator } from './validators/express-json-validator.ts'
import { expressOpenapiValidator } from './validators/express-openapi-validator.ts'
import { expressValidator } from './validators/express-validator.ts'
import { joi } from './validators/joi.ts'
import { jsonschema } from './validators/jsonschema.ts'
import { mongoose } from './validators/mongoose.ts'
import { objection } from './validators/objection.ts'
import { standardSchema } from './validators/standard-schema.ts'
import { superstruct } from './validators/superstruct.ts'
import { tsoa } from './validators/tsoa.ts'
import { typebox } from './validators/typebox.ts'
import { valibot } from './validators/valibot.ts'
import { vine } from './validators/vine.ts'
import { yup } from './validators/yup.ts'
import { zod } from './validators/zod.ts'

const OF_INPUT: readonly ConditionRule[] = [
  ...zod,
  ...valibot,
  ...arktype,
  celebrate,
  expressJoiValidation,
  ...joi,
  yup,
  expressJsonValidator,
  expressOpenapiValidator,
  tsoa,
  ...objection,
  ...mongoose,
  ...ajv,
  ...jsonschema,
  ...expressValidator,
  ...classValidator,
  effect,
  superstruct,
  ...typebox,
  standardSchema,
]

const HELD = heldRule(
  'ajv, arktype, class-validator, express-validator, joi, jsonschema, valibot, zod',
  OF_INPUT,
)

/** The input was read, and is not what the schema asks for. */
export const validators: Family = {
  name: 'Validators',
  rules: [...[...OF_INPUT, HELD].map(withChosenStatus), expressJoiResponse, vine],
}
