using System.Buffers;
using System.Collections;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using DmpFederation.Hub.Access.Policy;
using DmpFederation.Hub.Api.GraphQl.Execution;
using DmpFederation.Hub.Api.GraphQl.Projection;
using DmpFederation.Hub.Api.GraphQl.Schema;
using DmpFederation.Hub.Audit;
using DmpFederation.Hub.Migration.Steps;
using GraphQL;
using GraphQL.Execution;
using GraphQL.Validation;

namespace DmpFederation.Hub.Api.GraphQl.Transport;

/// <summary>Writes a result as the JSON of the GraphQL specification, straight into the response. Lists already written are copied.</summary>
internal static class AnswerWriter
{
    private static readonly JsonWriterOptions WriterOptions = new()
    {
        // The answer is application/json, never HTML: accents stay readable and short.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    public static void Write(IBufferWriter<byte> output, ExecutionResult result, IReadOnlyList<BreakGlassTicket>? breakGlass = null)
    {
        using var writer = new Utf8JsonWriter(output, WriterOptions);
        writer.WriteStartObject();
        if (result.Errors is { Count: > 0 } errors)
        {
            writer.WriteStartArray("errors");
            foreach (var error in errors)
                WriteError(writer, error);
            writer.WriteEndArray();
        }

        if (result.Executed)
        {
            writer.WritePropertyName("data");
            WriteNode(writer, result.Data as ExecutionNode);
        }

        if (breakGlass is not null)
            WriteBreakGlass(writer, breakGlass);
        writer.WriteEndObject();
    }

    public static void Write(IBufferWriter<byte> output, Problem problem) => Write(output, new ExecutionResult(new CodedError(problem)));

    /// <summary>Why nothing may be served: when one part of an answer could not be written down, no part of it is. Null when all was.</summary>
    public static Problem? Unaudited(ExecutionResult result) =>
        result.Errors?.OfType<CodedError>().FirstOrDefault(static error => error.Code == ErrorCodes.AuditUnavailable)?.Problem;

    /// <summary>The problem an error stands for; the library's own errors are faults of the document or its variables.</summary>
    public static Problem ProblemOf(ExecutionError error) => error switch
    {
        CodedError coded => coded.Problem,
        ValidationError { Code: ErrorCodes.Unauthenticated } => ProblemMap.Unauthenticated,
        ValidationError validation => ProblemMap.BadRequest(ProblemMap.WithoutNumbers(validation.Message), validation.Number),
        _ => ProblemMap.BadRequest(ProblemMap.WithoutNumbers(error.Message)),
    };

    private static void WriteBreakGlass(Utf8JsonWriter writer, IReadOnlyList<BreakGlassTicket> tickets)
    {
        writer.WriteStartObject("extensions");
        writer.WriteStartArray("breakGlass");
        foreach (var ticket in tickets)
        {
            writer.WriteStartObject();
            writer.WriteString("ticket", ticket.Id);
            writer.WriteString("mode", EmergencyModeCode.Of(ticket.Mode));
            writer.WriteString("until", ticket.Until);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteError(Utf8JsonWriter writer, ExecutionError error)
    {
        var problem = ProblemOf(error);
        writer.WriteStartObject();
        writer.WriteString("message", problem.Message);
        if (error.Locations is { Count: > 0 } locations)
        {
            writer.WriteStartArray("locations");
            foreach (var location in locations)
            {
                writer.WriteStartObject();
                writer.WriteNumber("line", location.Line);
                writer.WriteNumber("column", location.Column);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        if (error.Path is { } path)
        {
            writer.WriteStartArray("path");
            foreach (var part in path)
                WriteScalar(writer, part);
            writer.WriteEndArray();
        }

        writer.WriteStartObject("extensions");
        writer.WriteString("code", problem.Code);
        WriteIfAny(writer, "rule", problem.SourceId is null ? problem.Rule : null);
        WriteIfAny(writer, "sourceId", problem.SourceId);
        WriteIfAny(writer, "reason", problem.SourceId is null ? null : problem.Rule);
        WriteIfAny(writer, "correlationId", problem.CorrelationId);
        if (problem.Missing.Count > 0)
            WriteMissing(writer, problem.Missing);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    /// <summary>Every code once, and which slice lacks which.</summary>
    private static void WriteMissing(Utf8JsonWriter writer, IReadOnlyList<MissingEvidence> missing)
    {
        writer.WriteStartArray("missing");
        foreach (var code in missing.SelectMany(static slice => slice.Codes).Distinct(StringComparer.Ordinal))
            writer.WriteStringValue(code);
        writer.WriteEndArray();
        writer.WriteStartArray("slices");
        foreach (var slice in missing)
        {
            writer.WriteStartObject();
            writer.WriteString("id", slice.Slice.ToString());
            writer.WriteString("to", AuditCode.Of(slice.To));
            writer.WriteStartArray("missing");
            foreach (var code in slice.Codes)
                writer.WriteStringValue(code);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static void WriteIfAny(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
            writer.WriteString(name, value);
    }

    private static void WriteNode(Utf8JsonWriter writer, ExecutionNode? node)
    {
        switch (node)
        {
            case ProjectedListNode { Json: { } json }:
                writer.WriteRawValue(json.Written, skipInputValidation: true);
                break;
            case ObjectExecutionNode { SubFields: { } fields }:
                writer.WriteStartObject();
                foreach (var field in fields)
                {
                    writer.WritePropertyName(field.Name!);
                    WriteNode(writer, field);
                }

                writer.WriteEndObject();
                break;
            case ArrayExecutionNode { Items: { } items }:
                writer.WriteStartArray();
                foreach (var item in items)
                    WriteNode(writer, item);
                writer.WriteEndArray();
                break;
            case ArrayExecutionNode { SerializedResult: { } values }:
                WriteScalar(writer, values);
                break;
            case ValueExecutionNode value:
                WriteScalar(writer, value.Result);
                break;
            default:
                writer.WriteNullValue();
                break;
        }
    }

    private static void WriteScalar(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null: writer.WriteNullValue(); break;
            case string text: writer.WriteStringValue(text); break;
            case bool flag: writer.WriteBooleanValue(flag); break;
            case int number: writer.WriteNumberValue(number); break;
            case long number: writer.WriteNumberValue(number); break;
            case double number: writer.WriteNumberValue(number); break;
            case decimal number: writer.WriteNumberValue(number); break;
            case FhirResource resource: writer.WriteRawValue(resource.Json.Span, skipInputValidation: true); break;
            case IEnumerable values:
                writer.WriteStartArray();
                foreach (var item in values)
                    WriteScalar(writer, item);
                writer.WriteEndArray();
                break;
            default: writer.WriteStringValue(Convert.ToString(value, CultureInfo.InvariantCulture)); break;
        }
    }
}
