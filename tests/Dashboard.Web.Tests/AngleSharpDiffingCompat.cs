using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace Dashboard.Web.Tests;

internal static class AngleSharpDiffingCompat
{
    [ModuleInitializer]
    internal static void Register() =>
        AssemblyLoadContext.Default.Resolving += static (ctx, name) =>
            string.Equals(name.Name, "AngleSharp.Diffing", StringComparison.Ordinal)
                ? ctx.LoadFromAssemblyPath(
                    Path.Combine(AppContext.BaseDirectory, "compat", "AngleSharp.Diffing.dll")
                )
                : null;
}
