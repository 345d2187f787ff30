// An `import` of node:http reads all that it exports, and so loads a WebSocket client since Node 22: as long as Express.
export const { STATUS_CODES, ServerResponse: NodeResponse } = process.getBuiltinModule('node:http')
