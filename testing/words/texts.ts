import ts from "typescript";
import { isProse } from "./prose";

/** A text that a person can read, with its line (from 1). Values in it are written as `{name}`. */
export interface Text {
  line: number;
  text: string;
}

/** Attributes and tags that never hold a text for people. */
const CODE_ATTRIBUTES =
  /^(className|class|style|key|href|src|type|id|d|viewBox|variant|size|rel|autoComplete|data-.*)$/;
const CODE_TAGS = /^(sql|gql|css)$/;
const CODE_CALLS = /^(cn|cva|clsx|twMerge|require|import|querySelector|RegExp)$/;

const oneLine = (text: string) => text.replace(/\s+/g, " ").trim();

/** An icon, which says nothing. */
const isHidden = ({ attributes }: ts.JsxSelfClosingElement) =>
  attributes.properties.some((attribute) => attribute.name?.getText() === "aria-hidden");

/** What represents a value: its last name, `{count}` for `props.count`. */
function placeholder(expression: ts.Node): string {
  if (ts.isJsxSelfClosingElement(expression)) return isHidden(expression) ? "" : `{${expression.tagName.getText()}}`;
  const name = ts.isConditionalExpression(expression) ? null : /(\w+)[)\]?!]*$/.exec(expression.getText())?.[1];
  return `{${name ?? "…"}}`;
}

function templateText(node: ts.TemplateLiteral): string {
  if (ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  return node.head.text + node.templateSpans.map((span) => placeholder(span.expression) + span.literal.text).join("");
}

/** The text of an element with its inner elements, as it is read on the screen. */
function jsxText(node: ts.JsxElement | ts.JsxFragment): string {
  const parts = node.children.map((child) => {
    if (ts.isJsxText(child)) return child.text;
    if (ts.isJsxElement(child) || ts.isJsxFragment(child)) return jsxText(child);
    if (ts.isJsxSelfClosingElement(child)) return placeholder(child);
    if (!ts.isJsxExpression(child) || !child.expression) return "";
    return ts.isStringLiteralLike(child.expression) ? child.expression.text : placeholder(child.expression);
  });
  return parts.join("");
}

const holdsText = (node: ts.JsxElement | ts.JsxFragment) =>
  node.children.some((child) => ts.isJsxText(child) && /[A-Za-z]/.test(child.text));

/** A stored value that code compares, such as `state === "Cancelled"`. */
const isCompared = ({ parent }: ts.Node) =>
  ts.isCaseClause(parent) ||
  ts.isElementAccessExpression(parent) ||
  (ts.isBinaryExpression(parent) && /^[!=]==?$/.test(parent.operatorToken.getText()));

const skipped = (node: ts.Node): boolean =>
  ts.isImportDeclaration(node) ||
  (ts.isStringLiteral(node) && isCompared(node)) ||
  ts.isExportDeclaration(node) ||
  ts.isTypeNode(node) ||
  ts.isTypeAliasDeclaration(node) ||
  ts.isInterfaceDeclaration(node) ||
  (ts.isJsxAttribute(node) && CODE_ATTRIBUTES.test(node.name.getText())) ||
  (ts.isTaggedTemplateExpression(node) && CODE_TAGS.test(node.tag.getText().replace(/<.*/s, ""))) ||
  (ts.isCallExpression(node) && CODE_CALLS.test(node.expression.getText()));

const isAttributeText = (node: ts.Node) => ts.isJsxAttribute(node.parent) && /[A-Z].*[a-z]| /.test(node.getText());

/** All visible texts of a source file, in order. `inner` texts of an element are part of the element's own. */
export function textsOf(file: string, source: string): Text[] {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
  const found: Text[] = [];
  const add = (node: ts.Node, text: string) => {
    const line = tree.getLineAndCharacterOfPosition(node.getStart()).line + 1;
    found.push({ line, text: oneLine(text) });
  };
  const visit = (node: ts.Node, isInner: boolean): void => {
    if (skipped(node)) return;
    const isElement = ts.isJsxElement(node) || ts.isJsxFragment(node);
    const isWhole = isElement && !isInner && holdsText(node);
    if (isWhole) add(node, jsxText(node));
    else if (ts.isStringLiteralLike(node) && (isProse(node.text) || isAttributeText(node))) add(node, node.text);
    else if (ts.isTemplateExpression(node) && isProse(templateText(node))) add(node, templateText(node));
    // Expressions of an element, such as both branches of a condition, are texts of their own.
    const inside = isElement ? isWhole || isInner : isInner && !ts.isJsxExpression(node) && !ts.isJsxAttribute(node);
    ts.forEachChild(node, (child) => visit(child, inside));
  };
  visit(tree, false);
  return found.sort((a, b) => a.line - b.line);
}
