namespace Dashboard.LocalDatabase;

/// <summary>The embedded PostgreSQL cannot start; the message says why and what to do.</summary>
public sealed class LocalPostgresException(string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    /// <summary>Turns what initdb or postgres printed into a sentence with a remedy.</summary>
    public static LocalPostgresException FromOutput(string what, string output)
    {
        var remedy = Remedies.FirstOrDefault(r =>
            output.Contains(r.Sign, StringComparison.OrdinalIgnoreCase)
        );
        return new LocalPostgresException(
            $"{what} {remedy.Text ?? "It printed:"}{Environment.NewLine}{output.Trim()}"
        );
    }

    private static readonly (string Sign, string? Text)[] Remedies =
    [
        (
            "No space left on device",
            "The disk is full: free some space and start again. It printed:"
        ),
        (
            "Address already in use",
            "Its port is taken by another program: stop that program or choose another port. It printed:"
        ),
        (
            "Permission denied",
            "It may not read or write one of its files: the folder named below must belong to the user it runs as. It printed:"
        ),
        (
            "incompatible with server",
            "Its data were written by another major version of PostgreSQL: move the data folder away to start empty. It printed:"
        ),
        (
            "error while loading shared libraries",
            "A library of the system is missing: install it, or set ConnectionStrings__Dashboard to a server of yours. It printed:"
        ),
    ];
}
