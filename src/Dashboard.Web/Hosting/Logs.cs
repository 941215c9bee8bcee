namespace Dashboard.Web.Hosting;

/// <summary>Log lines: one readable line for people at a terminal, JSON for machines.</summary>
internal static class Logs
{
    /// <summary><c>Logging:Format</c> = <c>json</c> or <c>text</c>; without it text when a terminal is attached.</summary>
    public static void Configure(ILoggingBuilder logging, IConfiguration configuration)
    {
        logging.ClearProviders();
        var format = configuration["Logging:Format"];
        var json = string.Equals(format, "json", StringComparison.OrdinalIgnoreCase);
        var text = string.Equals(format, "text", StringComparison.OrdinalIgnoreCase);
        if (json || (!text && Console.IsOutputRedirected))
        {
            logging.AddJsonConsole(o => o.UseUtcTimestamp = true);
        }
        else
        {
            logging.AddSimpleConsole(o =>
            {
                o.SingleLine = true;
                o.TimestampFormat = "HH:mm:ss ";
            });
        }
    }
}
