namespace Dashboard.Web.Components.Layout;

/// <summary>A number beside a place of the menu: what waits there for a person.</summary>
public interface IMenuCount
{
    /// <summary>The place's address.</summary>
    string Href { get; }

    /// <summary>The table that changes it (constants of <see cref="Data.Changes.Topics"/>).</summary>
    string Topic { get; }

    /// <summary>The number now.</summary>
    Task<int> CountAsync(CancellationToken cancellationToken);
}
