import { defineCatalog } from '../../../src/error/define-catalog.ts'

const ARABIC = {
  shop: {
    STOCK: { message: 'تعارض في المخزون' },
    SOLD_OUT: {
      title: 'نفدت الكمية',
      message: 'لم يتبق سوى {{left}} من {{product}}',
      description: 'طلب عميل آخر آخر القطع.',
      action: 'اطلب كمية أقل.',
    },
    GONE: { message: 'لم يعد المنتج متوفرًا' },
  },
  // Words of the pages are the app's own, if it has any.
  reference: { error_codes: { message: 'رموز أخطاء المتجر' } },
}

const GERMAN = {
  shop: {
    SOLD_OUT: { title: 'Ausverkauft', message: 'Nur noch {{left}} von {{product}} übrig' },
    GONE: { message: 'Produkt nicht mehr verfügbar' },
  },
}

/** A catalog whose errors have everything that a page can show. */
export const shop = defineCatalog({
  name: 'shop',
  challenge: 'Bearer',
  modules: {
    stock: { range: '10000-10099', title: 'Stock', description: 'What is in the warehouse.' },
    pay: { range: '10100-10199', title: 'Payments' },
  },
  locales: { ar: ARABIC, de: GERMAN },
  errors: {
    STOCK: { code: 10000, status: 409, message: 'Stock conflict' },
    SOLD_OUT: {
      code: 10002,
      status: 409,
      parent: 'STOCK',
      title: 'Sold out',
      message: 'Only {{left}} of {{product}} left',
      description: 'Another customer has ordered the last pieces.',
      action: 'Order fewer pieces, or wait.',
      retryable: true,
      retryAfter: 3600,
      examples: [{ left: 3, product: 'Darjeeling' }],
      headers: { 'X-Stock': 'low' },
      deprecated: { use: 'GONE' },
    },
    GONE: { code: 10003, status: 410, parent: 'STOCK', message: 'Product no longer available' },
    OLD: { code: 10010, status: 400, message: 'Old code', deprecated: true },
    LOGIN: { code: 10020, status: 401, message: 'Log in first' },
    DECLINED: { code: 10101, status: 402, message: 'Card declined: {{reason}}' },
    LIMIT: { code: 10110, status: 402, message: 'Above the limit of the card' },
    LIMIT_DAY: { code: 10110, status: 402, message: 'Above the limit of the day' },
    STRANGE: { code: 'auth:a/b <x>', status: 403, message: 'Not for <you> & "others" {{who}}' },
  },
})

/** A catalog of so many errors, in modules of fifty. */
export function manyErrors(count: number): ReturnType<typeof defineCatalog> {
  const statuses = [400, 401, 403, 404, 409, 422, 429, 500, 503]
  const messages = [
    'The requested item does not exist',
    'This name is already taken',
    'You may not change this resource',
    'The field has a value that is not allowed',
    'Too many requests, wait a moment',
  ]
  const modules = Array.from({ length: Math.ceil(count / 50) }, (_, index) => [
    `module-${index}`,
    { range: `${10_000 + index * 50}-${10_049 + index * 50}`, title: `Module ${index + 1}` },
  ])
  const errors = Array.from({ length: count }, (_, index) => [
    `E_${index}`,
    {
      code: 10_000 + index,
      status: statuses[index % statuses.length]!,
      message: `${messages[index % messages.length]!} (${index})`,
      retryable: index % 7 === 0,
    },
  ])
  return defineCatalog({
    name: 'many',
    modules: Object.fromEntries(modules) as Record<string, { range: string; title: string }>,
    errors: Object.fromEntries(errors) as Record<string, { code: number; status: number; message: string }>,
  }) as ReturnType<typeof defineCatalog>
}
