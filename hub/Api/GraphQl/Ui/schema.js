// The schema as introspection tells it.
export const introspectionQuery = `query Introspection {
  __schema { queryType { name } mutationType { name } subscriptionType { name } types { ...FullType } directives { name description args { ...InputValue } } }
}
fragment FullType on __Type { kind name description fields { name description args { ...InputValue } type { ...TypeRef } }
  inputFields { ...InputValue } interfaces { name } enumValues { name description } possibleTypes { name } }
fragment InputValue on __InputValue { name description type { ...TypeRef } defaultValue }
fragment TypeRef on __Type { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } } }`;

export class Schema {
  constructor(introspected) {
    this.types = new Map(introspected.types.map(type => [type.name, type]));
    this.roots = {
      query: introspected.queryType?.name, mutation: introspected.mutationType?.name, subscription: introspected.subscriptionType?.name,
    };
    this.directives = introspected.directives;
  }

  type(name) { return this.types.get(name); }

  field(typeName, fieldName) { return this.type(typeName)?.fields?.find(field => field.name === fieldName); }

  get inputTypes() {
    return [...this.types.values()].filter(type => ['SCALAR', 'ENUM', 'INPUT_OBJECT'].includes(type.kind) && !type.name.startsWith('__'));
  }
}

export function nameOf(type) { return type.ofType ? nameOf(type.ofType) : type.name; }

export function print(type) {
  if (type.kind === 'NON_NULL') return `${print(type.ofType)}!`;
  if (type.kind === 'LIST') return `[${print(type.ofType)}]`;
  return type.name;
}
