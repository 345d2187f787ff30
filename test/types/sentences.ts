const KEYS = `'"PRODUCT_NOT_FOUND" | "SOLD_OUT" | 1006'`
const SOLD_OUT = '"Only {{left}} of {{product}} left"'
const ENTRIES =
  '{ readonly PRODUCT_NOT_FOUND: { readonly status: 404; readonly message: "Product not found"; }; readonly SOLD_OUT: { readonly status: 409; readonly message: "Only {{left}} of {{product}} left"; }; readonly 1006: { ...; }; }'
export const WITHOUT_PARAMS = `Property 'params' is missing in type '{}' but required in type 'OptionsWithParams<${SOLD_OUT}, never>'.`

/** What the compiler says of each line of mistakes.ts, whole. */
export const sentences = (withoutParams: string): readonly string[] => [
  `Argument of type '1007' is not assignable to parameter of type ${KEYS}.`,
  `Argument of type '"SOLD_OT"' is not assignable to parameter of type ${KEYS}.`,
  `Argument of type '"1006"' is not assignable to parameter of type ${KEYS}.`,
  `Property 'SOLD_OT' does not exist on type 'ErrorFactories<${ENTRIES}>'. Did you mean 'SOLD_OUT'?`,
  'Expected 1 arguments, but got 0.',
  withoutParams,
  `Property 'product' is missing in type '{ left: number; }' but required in type 'ParamsIn<${SOLD_OUT}>'.`,
  `Object literal may only specify known properties, and 'color' does not exist in type 'ParamsIn<${SOLD_OUT}>'.`,
  "Type '{}' is not assignable to type 'ParamValue'.",
  "Object literal may only specify known properties, and 'params' does not exist in type 'BizErrorOptions<never>'.",
  `Type '"SOLD_OUT"' is not assignable to type '"PRODUCT_NOT_FOUND" | 1006 | undefined'.`,
  "Object literal may only specify known properties, but 'detail' does not exist in type 'BizErrorOptions<never>'. Did you mean to write 'details'?",
  `Argument of type '"SOLD_OT"' is not assignable to parameter of type ${KEYS}.`,
  'Expected 1 arguments, but got 2.',
  `Argument of type 'ErrorFactory<"PRODUCT_NOT_FOUND", { readonly status: 404; readonly message: "Product not found"; }, KeysOf<{ readonly PRODUCT_NOT_FOUND: { readonly status: 404; readonly message: "Product not found"; }; readonly SOLD_OUT: { ...; }; readonly 1006: { ...; }; }>>' is not assignable to parameter of type 'Error'.`,
  "Property 'message' is missing in type '{ status: number; }' but required in type 'EntryDefinition'.",
]

/** TypeScript 5 says first that the argument does not fit, and then why. */
export const IN_TWO_STEPS = `Argument of type '{}' is not assignable to parameter of type 'OptionsWithParams<${SOLD_OUT}, never>'.\n  ${WITHOUT_PARAMS}`
