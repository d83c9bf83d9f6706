package dev.orrery.userland.network;

/** The kinds of records of the domain name system that are of use here. */
public enum RecordType {
    A,
    AAAA,
    CNAME,
    PTR,
    SRV,
    TXT,
    NS,
    SOA,
    MX,
    ANY
}
