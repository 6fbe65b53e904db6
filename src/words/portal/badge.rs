//! Stages, kinds and marks of orders.

/// Stages, kinds and marks of orders.
pub struct Badge {
    pub received: &'static str,
    pub planned: &'static str,
    pub in_progress: &'static str,
    pub waiting: &'static str,
    pub done: &'static str,
    pub cancelled: &'static str,
    pub work: &'static str,
    pub service: &'static str,
    pub overdue: &'static str,
}

pub(super) static EN: Badge = Badge {
    received: "Received",
    planned: "Planned",
    in_progress: "In progress",
    waiting: "Waiting for you",
    done: "Done",
    cancelled: "Cancelled",
    work: "Work order",
    service: "Service",
    overdue: "Overdue",
};

pub(super) static SV: Badge = Badge {
    received: "Mottaget",
    planned: "Planerat",
    in_progress: "Pågår",
    waiting: "Väntar på dig",
    done: "Klart",
    cancelled: "Avbrutet",
    work: "Arbetsorder",
    service: "Service",
    overdue: "Försenat",
};

pub(super) static ES: Badge = Badge {
    received: "Recibida",
    planned: "Planificada",
    in_progress: "En curso",
    waiting: "Espera su respuesta",
    done: "Terminada",
    cancelled: "Cancelada",
    work: "Orden de trabajo",
    service: "Mantenimiento",
    overdue: "Con retraso",
};
