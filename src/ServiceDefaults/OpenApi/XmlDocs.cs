using System.Collections.Concurrent;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace ServiceDefaults.OpenApi;

/// <summary>
/// Texts of the XML documentation files beside the assemblies. (The generator's own source generator sees only the project that calls
/// AddOpenApi, which is this one.)
/// </summary>
internal static partial class XmlDocs
{
    private static readonly ConcurrentDictionary<Assembly, Dictionary<string, XElement>> Files = new();

    public static string? Of(Type type) => type.FullName is null ? null : Find(type.Assembly, "T:" + NameOf(type))?.Element("summary") is { } summary ? Text(summary) : null;

    /// <summary>A positional record's properties are documented as its parameters.</summary>
    public static string? OfProperty(MemberInfo property)
    {
        if (property.DeclaringType is not { } owner)
        {
            return null;
        }

        var element = Find(owner.Assembly, $"P:{NameOf(owner)}.{property.Name}")?.Element("summary")
            ?? Find(owner.Assembly, "T:" + NameOf(owner))?.Elements("param").FirstOrDefault(param => (string?)param.Attribute("name") == property.Name);
        return element is null ? null : Text(element);
    }

    /// <summary>Overloads of a handler are not told apart: the first that is documented speaks.</summary>
    public static string? Of(MethodInfo handler)
    {
        if (handler.DeclaringType is not { } owner)
        {
            return null;
        }

        var name = $"M:{NameOf(owner)}.{handler.Name}";
        var element = File(owner.Assembly).FirstOrDefault(pair => pair.Key == name || pair.Key.StartsWith(name + "(", StringComparison.Ordinal)).Value;
        return element?.Element("summary") is { } summary ? Text(summary) : null;
    }

    private static string NameOf(Type type) => (type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName!.Replace('+', '.');

    private static XElement? Find(Assembly assembly, string id) => File(assembly).GetValueOrDefault(id);

    private static Dictionary<string, XElement> File(Assembly assembly) => Files.GetOrAdd(assembly, static assembly =>
    {
        var path = Path.Combine(AppContext.BaseDirectory, assembly.GetName().Name + ".xml");
        return !System.IO.File.Exists(path)
            ? []
            : XDocument.Load(path).Descendants("member")
                .Where(member => member.Attribute("name") is not null)
                .GroupBy(member => (string)member.Attribute("name")!)
                .ToDictionary(group => group.Key, group => group.First());
    });

    private static string? Text(XElement element)
    {
        var text = new StringBuilder();
        foreach (var node in element.Nodes())
        {
            text.Append(node switch
            {
                XElement { Name.LocalName: "c" or "code" } code => $"`{code.Value}`",
                XElement reference when (reference.Attribute("cref") ?? reference.Attribute("name") ?? reference.Attribute("langword")) is { } target =>
                    $"`{target.Value[(target.Value.LastIndexOf('.') + 1)..]}`",
                XElement other => other.Value,
                XText plain => plain.Value,
                _ => string.Empty,
            });
        }

        var result = Spaces().Replace(text.ToString(), " ").Trim();
        return result.Length == 0 ? null : result;
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
