namespace Dashboard.Web.Identity;

/// <summary>Addresses to go back to come from the query string: only those of this product are followed.</summary>
internal static class Local
{
    /// <summary><paramref name="url"/> when it is a path of ours, else the overview.</summary>
    public static string Url(string? url) =>
        url is ['/', ..] && url is not ['/', '/' or '\\', ..] && !url.Any(char.IsControl)
            ? url
            : "/";
}
