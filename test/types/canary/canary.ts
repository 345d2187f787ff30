import { BizError } from '../../../src/index.ts'

// Wrong on purpose: if this compiles, the type tests prove nothing.
new BizError(999_999)
