/** What a view must know about op types: which ones have a glyph of their own. */

const VARIABLES = new Set(["Variable", "VariableV2", "VarHandleOp", "AutoReloadVariable"]);
const INPUTS = new Set(["Placeholder", "PlaceholderV2", "PlaceholderWithDefault", "Arg", "_Arg"]);
const SUMMARY = /^[a-zA-Z]+Summary(V2)?$/;

/** Ops that write to the variable at their first input; TensorBoard's list and its later siblings. */
const REFERENCE = new Set([
  "Assign", "AssignAdd", "AssignSub", "ScatterAdd", "ScatterSub", "ScatterUpdate", "CountUpTo",
  "assign", "assign_add", "assign_sub", "scatter_add", "scatter_sub", "scatter_update", "count_up_to",
  "AssignVariableOp", "AssignAddVariableOp", "AssignSubVariableOp",
]);

export function isVariableOp(op: string): boolean {
  return VARIABLES.has(op);
}

export function isInputOp(op: string): boolean {
  return INPUTS.has(op);
}

export function isConstantOp(op: string): boolean {
  return op === "Const";
}

export function isSummaryOp(op: string): boolean {
  return SUMMARY.test(op);
}

/** Whether input number `position` of such an op is changed by it. */
export function isReferenceInput(op: string, position: number): boolean {
  return position === 0 && (REFERENCE.has(op) || /^(Resource)?(Sparse)?Apply[A-Z]/.test(op));
}
