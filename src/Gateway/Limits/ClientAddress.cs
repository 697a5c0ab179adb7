using System.Net;
using System.Net.Sockets;

namespace Gateway.Limits;

/// <summary>Whose bucket an unknown caller's requests count against.</summary>
internal static class ClientAddress
{
    /// <summary>IPv4 as it is; of IPv6 the first 64 bits, since a subscriber has all of the rest.</summary>
    public static string Of(IPAddress? address)
    {
        if (address is null)
        {
            return "unknown";
        }

        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address.ToString();
        }

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes) + "/64";
    }
}
