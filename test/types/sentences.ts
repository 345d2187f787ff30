const KEYS = `'"CLOSED" | "PRODUCT_NOT_FOUND" | "SOLD_OUT" | 1006'`
const CONSTANT = '"PRODUCT_NOT_FOUND" | 1006'
const SOLD_OUT = '"Only {{left}} of {{product}} left"'
const ENTRIES =
  '{ readonly CLOSED: { readonly code: "A05"; readonly status: 503; readonly message: "Closed until {{time}}"; }; readonly PRODUCT_NOT_FOUND: { readonly code: 10001; readonly status: 404; readonly message: "Product not found"; }; readonly SOLD_OUT: { ...; }; readonly 1006: { ...; }; }'
const WITHOUT_PARAMS = `Property 'params' is missing in type '{}' but required in type 'OptionsWithParams<${SOLD_OUT}, never>'.`

const WRONG_RULE = `Types of property 'error' are incompatible.\n    Type '"SOLD_OT"' is not assignable to type '${CONSTANT} | undefined'.`

/** What the compiler says of each line of mistakes.ts, whole. */
const sentences = (withoutParams: string, wrongRule: string): readonly string[] => [
  `Argument of type '1007' is not assignable to parameter of type ${KEYS}.`,
  `Argument of type '"SOLD_OT"' is not assignable to parameter of type ${KEYS}.`,
  `Argument of type '"1006"' is not assignable to parameter of type ${KEYS}.`,
  `Argument of type '10002' is not assignable to parameter of type ${KEYS}.`,
  `Element implicitly has an 'any' type because expression of type '10002' can't be used to index type 'ErrorFactories<${ENTRIES}>'.\n  Property '10002' does not exist on type 'ErrorFactories<${ENTRIES}>'.`,
  `Argument of type '10002' is not assignable to parameter of type ${KEYS}.`,
  'Expected 1 arguments, but got 0.',
  `Property 'SOLD_OT' does not exist on type 'ErrorFactories<${ENTRIES}>'. Did you mean 'SOLD_OUT'?`,
  'Expected 1 arguments, but got 0.',
  withoutParams,
  `Property 'product' is missing in type '{ left: number; }' but required in type 'ParamsIn<${SOLD_OUT}>'.`,
  `Object literal may only specify known properties, and 'color' does not exist in type 'ParamsIn<${SOLD_OUT}>'.`,
  "Type '{}' is not assignable to type 'ParamValue'.",
  "Object literal may only specify known properties, and 'params' does not exist in type 'BizErrorOptions<never>'.",
  `Type '"SOLD_OUT"' is not assignable to type '${CONSTANT} | undefined'.`,
  "Object literal may only specify known properties, but 'detail' does not exist in type 'BizErrorOptions<never>'. Did you mean to write 'details'?",
  `Argument of type '"SOLD_OT"' is not assignable to parameter of type ${KEYS}.`,
  'Expected 1 arguments, but got 2.',
  `Argument of type 'ErrorFactory<"PRODUCT_NOT_FOUND", { readonly code: 10001; readonly status: 404; readonly message: "Product not found"; }, CatalogKeys<{ readonly CLOSED: { readonly code: "A05"; readonly status: 503; readonly message: "Closed until {{time}}"; }; readonly PRODUCT_NOT_FOUND: { ...; }; readonly SOLD_OUT: { ...; }; reado...' is not assignable to parameter of type 'Error'.`,
  "Property 'message' is missing in type '{ status: number; }' but required in type 'EntryDefinition'.",
  "Type '{}' is not assignable to type 'Code | undefined'.",
  "Type 'number' is not assignable to type 'readonly Code[]'.",
  `Type '"LOST"' is not assignable to type '"GONE"'.`,
  wrongRule,
  `Type '10001' is not assignable to type '${CONSTANT}'.`,
  `Type '"SOLD_OT"' is not assignable to type ${KEYS}. Did you mean '"SOLD_OUT"'?`,
  `Type '"CLOSED"' is not assignable to type '${CONSTANT}'.`,
  `Type '{ 401: 10001; }' is not assignable to type 'ConcealDefinition<TypedCatalog<${ENTRIES}>> |...'.\n  Types of property '401' are incompatible.\n    Type '10001' is not assignable to type '${CONSTANT} | ConcealRule<TypedCatalog<{ readonly CLOSED: { readonly code: "A05"; readonly status: 503; readonly message: "Closed until {{time}}"; }; readonly PRODUCT_NOT_FOUND: { readonly code: 10001; readonly status: 404; readonly message: "Product not found"; }; readonly SOLD_OUT: { ...; }; readonl...'.`,
  `Type '"TOO_MANY"' is not assignable to type '${CONSTANT} | undefined'.`,
  `Type '"TOO_MANY"' is not assignable to type '${CONSTANT} | undefined'.`,
]

const RULE = 'Type \'{ when: RangeErrorConstructor; error: "SOLD_OT"; }\' is not assignable to type'

/** TypeScript 5 says first that the argument does not fit, and then why. */
export const IN_5 = sentences(
  `Argument of type '{}' is not assignable to parameter of type 'OptionsWithParams<${SOLD_OUT}, never>'.\n  ${WITHOUT_PARAMS}`,
  `${RULE} 'IdentifyRule<TypedCatalog<${ENTRIES}>> | read...'.\n  ${WRONG_RULE}`,
)

export const IN_7 = sentences(
  WITHOUT_PARAMS,
  `${RULE} 'readonly IdentifyRule<TypedCatalog<${ENTRIES}...'.\n  ${WRONG_RULE}`,
)
