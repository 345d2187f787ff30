// What `bizerror/nest` needs of Nest. `require` of literals, so that bundlers follow; CommonJS, since Nest 11 is.
exports.common = () => require('@nestjs/common')
exports.core = () => require('@nestjs/core')
exports.rxjs = () => require('rxjs')
