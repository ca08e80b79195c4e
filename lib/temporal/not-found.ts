import { isGrpcServiceError } from "@temporalio/client";

/** gRPC's code for something that doesn't exist. */
const NOT_FOUND = 5;

/** Whether Temporal says that what was asked for doesn't exist. */
export const isNotFound = (error: unknown): boolean => isGrpcServiceError(error) && error.code === NOT_FOUND;
