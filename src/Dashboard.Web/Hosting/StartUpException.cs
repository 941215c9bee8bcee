namespace Dashboard.Web.Hosting;

/// <summary>The product cannot start; the message tells an operator what is wrong and what to do.</summary>
public sealed class StartUpException(string message, Exception? inner = null)
    : Exception(message, inner);
