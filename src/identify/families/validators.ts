import { withChosenStatus } from './chosen-status.ts'
import type { Family } from '../library-rule.ts'
import { ajv, ajvErrors } from './validators/ajv.ts'
import { arktype, arktypeErrors } from './validators/arktype.ts'
import { celebrate } from './validators/celebrate.ts'
import { classValidator } from './validators/class-validator.ts'
import { expressValidator, expressValidatorErrors } from './validators/express-validator.ts'
import { joi } from './validators/joi.ts'
import { valibot } from './validators/valibot.ts'
import { yup } from './validators/yup.ts'
import { zod } from './validators/zod.ts'

/** The input was read, and is not what the schema asks for. */
export const validators: Family = {
  name: 'Validators',
  rules: [
    zod,
    valibot,
    arktype,
    arktypeErrors,
    joi,
    celebrate,
    yup,
    ajv,
    ajvErrors,
    expressValidator,
    expressValidatorErrors,
    classValidator,
  ].map(withChosenStatus),
}
