using System.Collections;
using System.Reflection;
using Dashboard.Data.Commands;
using Dashboard.Data.Compliance.Approvals;

namespace Dashboard.Web.Tests.Identity;

/// <summary>Finds every command of the product and makes one of each with made-up input.</summary>
internal static class CommandMaker
{
    /// <summary>All concrete implementations of <see cref="ICommand{TResult}"/>.</summary>
    public static IReadOnlyList<Type> Commands { get; } =
    [
        .. new[]
        {
            typeof(ICommand<>).Assembly,
            typeof(Program).Assembly,
            Assembly.Load("Dashboard.Engine"),
        }
            .SelectMany(a => a.GetTypes())
            .Where(t => t is { IsAbstract: false, ContainsGenericParameters: false })
            .Where(t =>
                t.GetInterfaces()
                    .Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(ICommand<>))
            ),
    ];

    /// <summary>Something of the type: empty lists, empty ids, short texts.</summary>
    public static object? Make(Type type)
    {
        if (type == typeof(string))
        {
            return "x";
        }

        if (type == typeof(ApprovalDesk))
        {
            return null; // A service, not input; with nothing selected it is not asked.
        }

        if (type.IsValueType)
        {
            return Activator.CreateInstance(type);
        }

        if (type.IsArray)
        {
            return Array.CreateInstance(type.GetElementType()!, 0);
        }

        if (type.IsInterface)
        {
            var items = type.GetGenericArguments();
            return typeof(IDictionary).IsAssignableFrom(type) || items.Length == 2
                ? Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(items))
                : Array.CreateInstance(items[0], 0);
        }

        if (type.IsAbstract)
        {
            type = type.Assembly.GetTypes().First(t => !t.IsAbstract && t.IsSubclassOf(type));
        }

        var constructor = type.GetConstructors(
                BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic
            )
            .Where(c => c.GetParameters() is not [var only] || only.ParameterType != type)
            .OrderByDescending(c => c.GetParameters().Length)
            .First();
        return constructor.Invoke([
            .. constructor
                .GetParameters()
                .Select(p => p.HasDefaultValue ? p.DefaultValue : Make(p.ParameterType)),
        ]);
    }
}
