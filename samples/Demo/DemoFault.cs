namespace DmpFederation.Demo;

/// <summary>The demo cannot start; the message says what to do and is all the user sees.</summary>
internal sealed class DemoFault(string message) : Exception(message);
