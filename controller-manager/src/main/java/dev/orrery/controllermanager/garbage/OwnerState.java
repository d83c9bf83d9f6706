package dev.orrery.controllermanager.garbage;

/** What has become of an owner. */
enum OwnerState {
    /** It is there. */
    SOLID,
    /** It is there and goes as soon as its dependents are gone. */
    WAITING,
    /** It is gone, or never was. */
    ABSENT
}
