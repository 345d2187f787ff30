import localesFolder from '../../locales/index.cjs'
import type { BizError as BizErrorOf } from '../error/biz-error.ts'
import { defineReference } from '../error/define-catalog.ts'
import type { Code } from '../catalog/code.ts'

/** The CDN cloud API: a module code stands inside the message of its common code. */
export const catalog = defineReference({
  name: 'cdn',
  locales: localesFolder,
  envelope: 'composite',
  success: { code: 0, message: 'OK' },
  foreign: {
    byStatus: {
      400: 4000,
      401: 4100,
      402: 5300,
      403: 4300,
      404: 5000,
      429: 4400,
      500: 6000,
      501: 6100,
      503: 6200,
    },
    byCondition: { 'malformed-body': 4000, 'validation-failed': 4000, unavailable: 6200 },
  },
  errors: {
    // common
    4000: {
      status: 400,
      title: 'Invalid request parameter',
      message: 'Invalid request parameter',
      description:
        'Required parameter is missing, or parameter value is in an incorrect format. For error message, please see the "message" field in the error description.',
    },
    4100: {
      status: 401,
      title: 'Authentication failed',
      message: 'Authentication failed',
      description:
        'Signature authentication failed. For more information, please see the "Authentication" section in the document.',
    },
    4200: {
      status: 401,
      title: 'Request expired',
      message: 'Request expired',
      description:
        'The request has expired. For more information, please see the "Request Validity" section in the document.',
    },
    4300: {
      status: 403,
      title: 'Access denied',
      message: 'Access denied',
      description: 'The account is blocked or not within the user range of the API.',
    },
    4400: {
      status: 429,
      title: 'Quota exceeded',
      message: 'Quota exceeded',
      description:
        'The number of requests exceeded the quota limit. For more information, please see the "Request Quota" section in the document.',
      retryable: true,
    },
    4500: {
      status: 401,
      title: 'Replay attack',
      message: 'Replay attack',
      description:
        'The Nonce and Timestamp parameters ensure that each request is executed only once on the server. Therefore, the Nonce value cannot be the same as the last one, and the difference between Timestamp and Tencent server time cannot be greater than 2 hours.',
    },
    4600: {
      status: 400,
      title: 'Unsupported protocol',
      message: 'Unsupported protocol',
      description: 'The protocol is not supported. For more information, please see the relevant document.',
    },
    5000: {
      status: 404,
      title: 'Resource does not exist',
      message: 'Resource does not exist',
      description:
        "The instance corresponding to the resource ID does not exist, or the instance has been returned, or another user's resource is accessed.",
    },
    5100: {
      status: 500,
      title: 'Resource operation failed',
      message: 'Resource operation failed',
      description:
        'The operation performed on the resource failed. For error message, please see the "message" field in error description. Try again later or contact customer service.',
      retryable: true,
    },
    5200: {
      status: 500,
      title: 'Failed to purchase the resource',
      message: 'Failed to purchase the resource',
      description:
        'The resource purchase failed. This may be caused by unsupported instance configuration or insufficient resources.',
    },
    5300: {
      status: 402,
      title: 'Failed to purchase the resource',
      message: 'Failed to purchase the resource',
      description: 'The resource purchase failed because of insufficient balance.',
    },
    5400: {
      status: 500,
      title: 'Part of operations performed successfully',
      message: 'Part of operations performed successfully',
      description:
        'The batch operation was successful on some resources. For more information, please see the returned value of the method.',
    },
    5500: {
      status: 403,
      title: 'User failed to pass identity verification',
      message: 'User failed to pass identity verification',
      description: 'The resource purchase failed because the user failed to pass identity verification.',
    },
    6000: {
      status: 500,
      title: 'Internal error with the server',
      message: 'Internal error with the server',
      description: 'An internal error occurred with the server. Try again later or contact customer service.',
      retryable: true,
    },
    6100: {
      status: 501,
      title: 'Not supported in the version',
      message: 'Not supported in the version',
      description:
        'This API is not supported in this version or is under maintenance. Note: When this error occurs, check whether the domain name for the API is correct. Domain name may vary with different modules.',
    },
    6200: {
      status: 503,
      title: 'API is unavailable',
      message: 'API is unavailable',
      description: 'The API is under maintenance and is unavailable. Try again later.',
      retryable: true,
    },

    // module codes: each takes the status of its common code
    1000: {
      status: 500,
      parent: 6000,
      message: "System's internal error. Try again later or contact the vendor.",
      retryable: true,
    },
    1001: {
      status: 500,
      parent: 6000,
      message: 'DB error. Try again later or contact the vendor.',
      retryable: true,
    },
    1010: { status: 400, parent: 4000, message: 'Invalid request' },
    1011: { status: 400, parent: 4000, message: 'Invalid request API. Check it and try again.' },
    1012: { status: 400, parent: 4000, message: 'Invalid request parameter. Check it and try again.' },
    1013: {
      status: 400,
      parent: 4000,
      message: 'Incorrect parameter configuration. Try again later or contact the vendor.',
      retryable: true,
    },
    1014: {
      status: 429,
      parent: 4400,
      message: 'The operation is being performed. Do not submit it again.',
      retryable: true,
    },
    1015: { status: 400, parent: 4000, message: 'Incorrect module name. Check it and try again.' },
    1100: { status: 404, parent: 5000, message: 'The user does not exist. Check it and try again.' },
    1101: { status: 400, parent: 4000, message: 'The user already exists. Do not repeat the operation.' },
    1102: { status: 403, parent: 4300, message: 'The user is blocked. Contact the vendor.' },
    1103: { status: 403, parent: 4300, message: 'The user is in arrears. Top up and try again.' },
    1104: {
      status: 403,
      parent: 4300,
      message: 'Non-VIP customer, who is not allowed to perform this operation',
    },
    1110: {
      status: 403,
      parent: 4300,
      message: 'The user is under review. Try again later.',
      retryable: true,
    },
    1112: {
      status: 403,
      parent: 4300,
      message:
        'You do not have permission for this operation. Contact the vendor to apply for the permission.',
    },
    1120: {
      status: 400,
      parent: 4000,
      message: 'The number of accelerated domain names exceeds the system limit',
    },
    2000: {
      status: 404,
      parent: 5000,
      message: 'The accelerated domain name does not exist. Check it and try again.',
    },
    2001: {
      status: 400,
      parent: 4000,
      message: 'The domain name you submitted already exists. Do not add it again.',
    },
    2002: {
      status: 403,
      parent: 4300,
      message: 'The requested domain name is not licensed. Check it and try again.',
    },
    2003: { status: 403, parent: 4300, message: 'The requested domain name is locked. Contact the vendor.' },
    2004: {
      status: 404,
      parent: 5000,
      message: 'The requested domain name has not been activated. Check it and try again.',
    },
    2005: {
      status: 404,
      parent: 5000,
      message: 'The requested domain name has been deactivated. Check it and try again.',
    },
    2006: { status: 403, parent: 4300, message: 'The requested domain name is blocked. Contact the vendor.' },
    2010: {
      status: 429,
      parent: 4400,
      message: 'You have performed the operation too many times. Do not call the API frequently.',
      retryable: true,
    },
    2011: {
      status: 429,
      parent: 4400,
      message: 'The number of operations exceeds the system limit. Do not call the API frequently.',
      retryable: true,
    },
    2100: {
      status: 400,
      parent: 4000,
      message: 'Domain name contains invalid parameters. Check it and try again.',
    },
    2111: { status: 403, parent: 4300, message: "Tencent's internal domain name. Contact the vendor." },
    2112: {
      status: 403,
      parent: 4300,
      message: 'Restricted domain name. Submit a ticket if you need to make an access request.',
    },
    2113: {
      status: 403,
      parent: 4300,
      message:
        'The requested domain name is on the system blacklist, which cannot be worked with. Contact the vendor.',
    },
    2114: {
      status: 400,
      parent: 4000,
      message: 'The length of the domain name exceeds the system limit. Modify it and try again.',
    },
    2121: {
      status: 400,
      parent: 4000,
      message: 'The number of origin servers exceeds the limit. Check it and try again.',
    },
    2122: {
      status: 400,
      parent: 4000,
      message: 'The domain name of the origin server already exists in the system. Contact the vendor.',
    },
    2123: {
      status: 403,
      parent: 4300,
      message:
        'The requested origin server is on the system blacklist, which cannot be worked with. Contact the vendor.',
    },
    2124: {
      status: 400,
      parent: 4000,
      message: 'The origin server address is private IP. Check it and try again.',
    },
    2125: {
      status: 400,
      parent: 4000,
      message: 'The length of the origin server address exceeds the system limit. Modify it and try again.',
    },
    2130: { status: 400, parent: 4000, message: 'Invalid ProjectID parameter. Check it and try again.' },
    2140: { status: 400, parent: 4000, message: 'Invalid HTTPS parameter. Check it and try again.' },
    2150: { status: 400, parent: 4000, message: 'Invalid Platform parameter. Check it and try again.' },
    2160: { status: 400, parent: 4000, message: 'Invalid PidConfig parameter. Check it and try again.' },
    2170: {
      status: 400,
      parent: 4000,
      message: 'The parameter configuration of HTTP Response Header is invalid. Modify it and try again.',
    },
    2171: {
      status: 400,
      parent: 4000,
      message: 'The length of HTTP Response Header exceeds the system limit. Modify it and try again.',
    },
    2180: {
      status: 400,
      parent: 4000,
      message: 'The parameter configuration of Extension is invalid. Modify it and try again.',
    },
    3000: { status: 400, parent: 4000, message: 'Invalid certificate. Check it and try again.' },
    3001: {
      status: 400,
      parent: 4000,
      message: 'Failed to parse the certificate information. Check it and try again.',
    },
    3002: {
      status: 400,
      parent: 4000,
      message:
        'The certificate does not match the corresponding domain name information. Check it and try again.',
    },
    3003: {
      status: 400,
      parent: 4000,
      message:
        'The certificate does not match the corresponding private key information. Check it and try again.',
    },
    3004: { status: 400, parent: 4000, message: 'The certificate has expired. Check it and try again.' },
    3005: {
      status: 400,
      parent: 4000,
      message: 'The certificate is about to expire. Check it and try again.',
    },
    3006: { status: 400, parent: 4000, message: 'Incorrect certificate chain. Check it and try again.' },
    9000: { status: 400, parent: 4000, message: 'Invalid time parameter. Check it and try again.' },
    9001: { status: 400, parent: 4000, message: 'Invalid Metirc parameter. Check it and try again.' },
    9002: { status: 400, parent: 4000, message: 'Invalid ProjectID parameter. Check it and try again.' },
    10000: {
      status: 500,
      parent: 6000,
      message: 'A system error occurred with the DSA configuration. Modify it and try again.',
    },
    10100: {
      status: 400,
      parent: 4000,
      message: 'DSA configuration parameter is invalid. Modify it and try again.',
    },
    10101: {
      status: 400,
      parent: 4000,
      message: 'Version of the DSA configuration is invalid. Modify it and try again.',
    },
    10102: {
      status: 400,
      parent: 4000,
      message: 'Action of the DSA configuration is invalid. Modify it and try again.',
    },
    10103: {
      status: 400,
      parent: 4000,
      message: 'Token of the DSA configuration is invalid. Modify it and try again.',
    },
    10104: {
      status: 404,
      parent: 5000,
      message: 'The domain name of the DSA configuration has been deactivated. Check it and try again.',
    },
    10105: {
      status: 400,
      parent: 4000,
      message: 'The domain name of the DSA configuration is available. Check it and try again.',
    },
    10106: {
      status: 400,
      parent: 4000,
      message: 'DSA configuration is in an invalid JSON format. Check it and try again.',
    },
    10107: {
      status: 404,
      parent: 5000,
      message: 'The domain name of the DSA configuration does not exist. Check it and try again.',
    },
    10108: {
      status: 400,
      parent: 4000,
      message: 'HOST of the DSA configuration is invalid. Check it and try again.',
    },
    10109: {
      status: 400,
      parent: 4000,
      message: 'The origin server of the DSA configuration is invalid. Modify it and try again.',
    },
  },
})

/** The class of this catalog's errors: `throw new BizError(2130)`. */
export const BizError: typeof catalog.BizError = catalog.BizError
/** An error of this catalog, as types name it: of one key, or of any. */
export type BizError<TCode extends Code = Code> = BizErrorOf<TCode>
