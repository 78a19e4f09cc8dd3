// Finds out whether a message is still in use.

export const deliveriesByMessage = ['CREATE INDEX deliveries_by_message ON deliveries (message)'] as const
